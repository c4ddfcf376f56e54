package api

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"rabta/internal/node"
	"rabta/internal/sheet"
	"rabta/matching"
)

type snapshotInput struct {
	IfNoneMatch string `header:"If-None-Match" maxLength:"200" doc:"The ETag of an earlier snapshot: 304 while nothing has changed"`
}

type changesInput struct {
	Since string `query:"since" required:"true" maxLength:"256" example:"MARK" doc:"since of the snapshot or of the last page of changes"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"500" doc:"Lines at most"`
	Wait  int    `query:"wait" minimum:"0" maximum:"10" default:"0" doc:"Seconds to wait while there is nothing to tell"`
}

type changesOutput struct {
	Body node.FeedChanges
}

func (s *server) registerFeed() {
	register(s, operation{id: "postings-snapshot", method: http.MethodGet, path: "/v1/postings/snapshot", tag: "Postings", streams: []string{sheet.ContentType(sheet.JSONL)}, unchanged: true, costly: true, time: streamTime,
		summary: "All live postings, one JSON object a line",
		description: "The first line is {epoch, position, as_of, since}, each further one a posting, the last {end: true, postings}. " +
			"What changes on the way may be in it or not: who goes on with /v1/postings/changes from since ends with exactly the live set. " +
			"A posting leaves by itself at its time expires, and no line says so. Nothing in it is personal."}, s.snapshot)
	register(s, operation{id: "postings-changes", method: http.MethodGet, path: "/v1/postings/changes", tag: "Postings",
		summary: "What has changed among the live postings, in order",
		description: "Each line puts a posting, in the stead of one of its id, or names one that has left before its time. Ask again with since of the answer; " +
			"once more is false and what has expired by as_of is dropped, what is held are the live postings of as_of. A 409 says that the store was restored or copied: take a new snapshot."}, s.changesOfPostings)
}

func (s *server) snapshot(ctx context.Context, in *snapshotInput) (*huma.StreamResponse, error) {
	head, tag := s.service.PostingSnapshot(ctx)
	if in.IfNoneMatch == tag {
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			ctx.SetHeader("ETag", tag)
			ctx.SetStatus(http.StatusNotModified)
		}}, nil
	}
	whole := s.stream(callOf(ctx), sheet.ContentType(sheet.JSONL), "", func(w io.Writer) error { return s.writeSnapshot(ctx, w, head) })
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("ETag", tag)
		ctx.SetHeader("Cache-Control", "public, no-cache")
		ctx.SetHeader(positionHeader, string(head.Epoch)+":"+strconv.FormatUint(uint64(head.Position), 10))
		whole.Body(ctx)
	}}, nil
}

// snapshotEnd is the last line of a snapshot: without it, it was cut off.
type snapshotEnd struct {
	End      bool `json:"end"`
	Postings int  `json:"postings"`
}

func (s *server) writeSnapshot(ctx context.Context, w io.Writer, head node.FeedHead) error {
	out := bufio.NewWriterSize(w, 64<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(head); err != nil {
		return err
	}
	count := 0
	err := s.service.EachLivePosting(ctx, head, func(p *matching.Posting) error {
		count++
		return enc.Encode(p)
	})
	if err != nil {
		return err
	}
	if err := enc.Encode(snapshotEnd{true, count}); err != nil {
		return err
	}
	return out.Flush()
}

func (s *server) changesOfPostings(ctx context.Context, in *changesInput) (*changesOutput, error) {
	changes, err := s.service.PostingChanges(ctx, in.Since, in.Limit, time.Duration(in.Wait)*time.Second)
	if err != nil {
		return nil, err
	}
	return &changesOutput{Body: changes}, nil
}
