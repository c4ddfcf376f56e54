package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// usualSource is the source of a file whose sender is not named.
const usualSource = "local"

// importRowsFlags are what both imports of rows take.
type importRowsFlags struct {
	jsonFlag
	Data     string `placeholder:"DIR" env:"RABTA_DATA" help:"Data directory; its server, if one runs, takes the file in."`
	Source   string `placeholder:"NAME" help:"Who the file is from, the same name each time: rows are known by it and their own number. Without it the institute, or local."`
	Strict   bool   `help:"Take all rows or none."`
	DryRun   bool   `help:"Read, check and compare the file, and store nothing."`
	Result   string `placeholder:"FILE" help:"Write what is wrong with which row to this CSV file."`
	Template bool   `help:"Print a file to begin with, and do nothing else."`
	Lang     string `enum:"en,ur,roman" default:"en" help:"Language of the template's headings: en, ur or roman."`
	File     string `arg:"" optional:"" help:"CSV (plain or gzipped) or XLSX; - is standard input."`
}

// importGraduatesCommand is rabta import graduates.
type importGraduatesCommand struct {
	importRowsFlags
	Institute    string `placeholder:"ID" help:"The institute whose roster it is: ins_… ."`
	AllowRemoved bool   `help:"Bring back people whose record was deleted, when they ask for it. Without it they are passed over."`
}

// Run takes in a roster.
func (i *importGraduatesCommand) Run(ctx context.Context, c *call) error {
	if i.Institute != "" && !matching.ID(i.Institute).Is(matching.InstitutePrefix) {
		return usageError{fault.Field("institute", "--institute takes the id of an institute, which begins with ins_.")}
	}
	if i.Source == "" {
		i.Source = i.Institute
	}
	return i.run(ctx, c, intake.NounGraduates, func(ctx context.Context, n *node.Node, r io.Reader, opts node.FileOptions) (node.FileReport, error) {
		opts.Institute, opts.AllowRemoved = matching.ID(i.Institute), i.AllowRemoved
		if opts.Institute != "" {
			if _, err := n.Institute(ctx, opts.Institute); err != nil {
				return node.FileReport{}, err
			}
		}
		return n.ImportGraduates(ctx, r, opts)
	})
}

// importPostingsCommand is rabta import postings.
type importPostingsCommand struct {
	importRowsFlags
}

// Run takes in a list of postings.
func (i *importPostingsCommand) Run(ctx context.Context, c *call) error {
	return i.run(ctx, c, intake.NounPostings, func(ctx context.Context, n *node.Node, r io.Reader, opts node.FileOptions) (node.FileReport, error) {
		return n.ImportPostings(ctx, r, opts)
	})
}

// run prints the template, or takes the file in and says what became of its rows.
func (i *importRowsFlags) run(ctx context.Context, c *call, noun string,
	take func(context.Context, *node.Node, io.Reader, node.FileOptions) (node.FileReport, error)) error {
	if i.Template {
		template, err := intake.Template(noun, i.Lang)
		if err == nil {
			_, err = c.stdout.Write(template)
		}
		return err
	}
	if err := i.check(c, noun); err != nil {
		return usageError{err}
	}
	i.sendPlainly(c)
	file, err := c.open(i.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read: nothing is lost
	return c.withNewNode(ctx, i.Data, file, func(n *node.Node) error {
		return i.takeIn(ctx, c, n, file, take)
	})
}

// check refuses flags that do not go together.
func (i *importRowsFlags) check(c *call, noun string) error {
	switch {
	case i.File == "":
		return fault.Field("file", "Name the file to take in, or - for standard input; --template prints one to begin with.")
	case i.Data == "" && c.live == nil:
		return fault.Field("data", "rabta import "+noun+" needs a data directory: give --data DIR.")
	case i.Strict && i.DryRun:
		return fault.Field("strict", "Give --strict or --dry-run: a dry run takes nothing either way.")
	}
	return nil
}

// sendPlainly makes the path of the result file one that the process of the server takes for the same.
func (i *importRowsFlags) sendPlainly(c *call) {
	if i.Result == "" || c.live != nil {
		return
	}
	path, err := filepath.Abs(i.Result)
	if err != nil {
		return
	}
	args := append([]string{}, c.args...)
	for n, arg := range args {
		switch {
		case arg == "--result" && n+1 < len(args):
			args[n+1] = path
		case strings.HasPrefix(arg, "--result="):
			args[n] = "--result=" + path
		}
	}
	c.args, i.Result = args, path
}

func (i *importRowsFlags) takeIn(ctx context.Context, c *call, n *node.Node, file io.Reader,
	take func(context.Context, *node.Node, io.Reader, node.FileOptions) (node.FileReport, error)) error {
	result, err := createResult(i.Result)
	if err != nil {
		return err
	}
	shown := c.progress("Rows read")
	opts := node.FileOptions{Subject: "operator", Source: i.Source, Mode: i.mode(), Faults: result.add,
		Progress: func(rows int) { shown.at(rows, 0) }}
	if opts.Source == "" {
		opts.Source = usualSource
	}
	report, err := take(ctx, n, file, opts)
	shown.end()
	if closeErr := result.close(); err == nil {
		err = closeErr
	}
	if err == nil && report.Position > 0 {
		shown = c.progress("Made findable, up to entry")
		err = n.ShowUpTo(ctx, report.Position, func(at store.Position) { shown.at(int(at), int(report.Position)) })
		shown.end()
	}
	return i.finish(c, report, err)
}

func (i *importRowsFlags) mode() store.ImportMode {
	switch {
	case i.Strict:
		return store.ImportStrict
	case i.DryRun:
		return store.ImportDryRun
	}
	return store.ImportRows
}

// finish prints the report, after an error too where rows were taken before. A file of which no row was of use is a failure.
func (i *importRowsFlags) finish(c *call, report node.FileReport, err error) error {
	if err == nil || report.Accepted() > 0 {
		if printErr := i.print(c, report); err == nil {
			err = printErr
		}
	}
	switch {
	case err != nil:
		return err
	case report.State == store.ImportFailed:
		return fault.New(fault.Invalid, "rabta.import", report.Why)
	case report.Faulty > 0 && report.Accepted() == 0:
		return fault.New(fault.Invalid, "rabta.import", "No row of this file could be taken in. See what was expected of each, and mend the file.")
	}
	return nil
}

func (i *importRowsFlags) print(c *call, report node.FileReport) error {
	if i.JSON {
		return printJSON(c.stdout, report)
	}
	out := bufio.NewWriter(c.stdout)
	for _, f := range report.Faults {
		fmt.Fprintln(out, f)
	}
	if rest := report.Faulty + report.LeftOut + report.Removed - len(report.Faults); rest > 0 {
		fmt.Fprintf(out, "and %s more; --result FILE names them all\n", grouped(int64(rest)))
	}
	printReadings(out, report.Understood)
	printCounts(out, report)
	return flush(out)
}

// printReadings says how texts were read that needed more than their letters, the most frequent first.
func printReadings(out io.Writer, all []node.Reading) {
	const most = 20
	printed := 0
	for _, r := range all {
		if r.How == intake.HowName || r.Found == "" || printed == most {
			continue
		}
		printed++
		fmt.Fprintf(out, "%s: %q was read as %s (%s), %s times\n", r.Column, r.Found, r.As, r.How, grouped(int64(r.Rows)))
	}
}

func printCounts(out io.Writer, r node.FileReport) {
	count := func(n int) string { return grouped(int64(n)) }
	new, changed := "created", "changed"
	if r.Mode == store.ImportDryRun {
		new, changed = "to create", "to change"
	}
	fmt.Fprintf(out, "%s rows: %s %s, %s %s, %s unchanged, %s faulty", count(r.Rows), count(r.Created), new, count(r.Changed), changed,
		count(r.Unchanged), count(r.Faulty))
	for _, more := range []struct {
		n    int
		what string
	}{{r.Elsewhere, "merged into another record before"}, {r.Removed, "deleted before and not brought back"}, {r.LeftOut, "values left out"}, {r.NotShown, "new people not shown to employers, who have not agreed"}, {r.Employers, "employers made"},
		{r.Duplicates, "pairs that may be one person"}} {
		if more.n > 0 {
			fmt.Fprintf(out, ", %s %s", count(more.n), more.what)
		}
	}
	fmt.Fprintln(out)
}

// resultCSV is the result file of the command line; the zero value writes nothing.
type resultCSV struct {
	file *os.File
	csv  *csv.Writer
}

func createResult(path string) (*resultCSV, error) {
	if path == "" {
		return &resultCSV{}, nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: "rabta.import", Field: "result", Err: err,
			Message: "The result file cannot be written. Name one in a directory that is there and that you may write."}
	}
	r := &resultCSV{f, csv.NewWriter(f)}
	return r, r.csv.Write(node.ResultHeadings[:])
}

func (r *resultCSV) add(f intake.RowFault) error {
	if r.csv == nil {
		return nil
	}
	return r.csv.Write(node.ResultLine(f))
}

func (r *resultCSV) close() error {
	if r.csv == nil {
		return nil
	}
	r.csv.Flush()
	if err := r.csv.Error(); err != nil {
		return fmt.Errorf("writing the result file: %w", err)
	}
	if err := r.file.Close(); err != nil {
		return fmt.Errorf("writing the result file: %w", err)
	}
	return nil
}
