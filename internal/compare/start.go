package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"rabta/internal/node"
	"rabta/seed"
)

// start fills a store, has its index and boards written, and tells how long a node takes from being opened to being ready: the median and
// the longest of some starts. Each loads the reference and makes the reader of queries, as a server does.
func start(ctx context.Context, o options, dir string) error {
	show := newProgress()
	ref, err := seed.Load()
	if err != nil {
		return err
	}
	sample := seed.NewMarket(ref, seed.Size{Graduates: o.records, Postings: o.records}, o.seed, time.Now().UTC().Truncate(time.Second))
	data := filepath.Join(dir, "data")
	show.start("our store: records written")
	if err := fillStore(ctx, data, sample, &peerLoad{}, show); err != nil {
		return err
	}
	show.start("our node: boards and index made")
	if _, err := opened(ctx, data); err != nil {
		return err
	}
	var took figures
	for i := range o.starts {
		show.start(fmt.Sprintf("start %d of %d", i+1, o.starts))
		ready, err := opened(ctx, data)
		if err != nil {
			return err
		}
		took = append(took, ready)
	}
	show.end()
	fmt.Printf("%d postings and %d graduates on disk: ready after %.2f s, at the most %.2f s, of %d starts; %d cores, load %s\n",
		o.records, o.records, took.at(0.5).Seconds(), took.at(1).Seconds(), o.starts, runtime.NumCPU(), load())
	return nil
}

// opened opens a data directory until it is ready, and closes it.
func opened(ctx context.Context, data string) (time.Duration, error) {
	began := time.Now()
	n, err := node.Open(ctx, node.Config{Dir: data})
	if err != nil {
		return 0, err
	}
	for n.Ready() != nil && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	ready := time.Since(began)
	return ready, firstOf(ctx.Err(), n.Close())
}
