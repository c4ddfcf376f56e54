package main

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/seed"
)

// importCommand is rabta import.
type importCommand struct {
	Graduates importGraduatesCommand `cmd:"" help:"Take in a roster of graduates from CSV or XLSX."`
	Postings  importPostingsCommand  `cmd:"" help:"Take in a list of postings from CSV or XLSX."`
	Places    importPlacesCommand    `cmd:"" help:"Take in places from GeoNames' dump of the country, or a table with headings; plain or gzipped."`
}

// importPlacesCommand is rabta import places.
type importPlacesCommand struct {
	jsonFlag
	Data   string `placeholder:"DIR" env:"RABTA_DATA" help:"Data directory; needed unless --dry-run, which then compares with the shipped places alone."`
	DryRun bool   `help:"Read, check and compare the file, and store nothing."`
	File   string `arg:"" help:"The file; - is standard input."`
}

// Run takes the file in and says what became of its rows.
func (i *importPlacesCommand) Run(ctx context.Context, c *call) error {
	if i.Data == "" && !i.DryRun && c.live == nil {
		return usageError{fault.Field("data", "rabta import places needs a data directory: give --data DIR, or --dry-run to check the file only.")}
	}
	file, err := c.open(i.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read: nothing is lost
	shown := c.progress("Rows read")
	defer shown.end()
	progress := func(rows int) { shown.at(rows, 0) }
	if i.Data == "" && c.live == nil {
		ref, err := seed.Load()
		if err != nil {
			return err
		}
		report, err := node.CheckPlaces(ctx, ref, file, progress)
		return i.finish(c, shown, report, err)
	}
	return c.withNewNode(ctx, i.Data, file, func(n *node.Node) error {
		report, err := n.ImportPlaces(ctx, file, node.ImportOptions{DryRun: i.DryRun, Progress: progress})
		return i.finish(c, shown, report, err)
	})
}

// finish prints the report, after an error too where something was stored before. A file of which no row was of use is a failure.
func (i *importPlacesCommand) finish(c *call, shown *progress, report node.ImportReport, err error) error {
	shown.end()
	if err == nil || report.Imported+report.Changed > 0 {
		if printErr := i.print(c, report); err == nil {
			err = printErr
		}
	}
	if err == nil && report.Faulty > 0 && report.Accepted() == 0 {
		err = fault.New(fault.Invalid, "rabta.import", "No row of this file could be taken in. See what was expected of each, and mend the file.")
	}
	return err
}

func (i *importPlacesCommand) print(c *call, report node.ImportReport) error {
	if i.JSON {
		return printJSON(c.stdout, report)
	}
	out := bufio.NewWriter(c.stdout)
	for _, f := range report.Faults {
		fmt.Fprintln(out, f)
	}
	if rest := report.Faulty - len(report.Faults); rest > 0 {
		fmt.Fprintf(out, "and %s more faulty rows\n", grouped(int64(rest)))
	}
	i.printCounts(out, report)
	return flush(out)
}

func (i *importPlacesCommand) printCounts(w io.Writer, r node.ImportReport) {
	count := func(n int) string { return grouped(int64(n)) }
	taken := "imported"
	if r.DryRun {
		taken = "to import"
	}
	fmt.Fprintf(w, "%s rows: %s %s, %s changed, %s unchanged, %s known towns, %s no settlements of Pakistan, %s faulty\n",
		count(r.Rows), count(r.Imported), taken, count(r.Changed), count(r.Unchanged), count(r.Known), count(r.Passed), count(r.Faulty))
}
