package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"rabta/internal/fault"
	"rabta/internal/node"
)

// Exit codes: 0 only when the work was done.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// commandLine is the grammar: every subcommand with its flags.
type commandLine struct {
	Serve   serveCommand   `cmd:"" help:"Serve a data directory over HTTP."`
	Seed    seedCommand    `cmd:"" help:"Fill an empty data directory with the sample market."`
	Export  exportCommand  `cmd:"" help:"Write every posting or graduate, one a line, without anything personal."`
	Search  searchCommand  `cmd:"" help:"Search live postings by words, trade, kind and place."`
	Match   matchCommand   `cmd:"" help:"List the matches of a graduate, or the candidates of a posting."`
	Place   placeCommand   `cmd:"" help:"Find a place by name, or what lies around a point."`
	Trades  tradesCommand  `cmd:"" help:"List the trades, or read which trades a query means."`
	Gaps    gapsCommand    `cmd:"" help:"Where skills are short: people, vacancies and access by trade and place."`
	Token   tokenCommand   `cmd:"" help:"Make, list and end the tokens by which the API knows its callers."`
	Keys    keysCommand    `cmd:"" help:"Rotate the keys by which what is personal is sealed, and see where they stand."`
	Audit   auditCommand   `cmd:"" help:"Read the log of who looked at what is personal, and check that nobody has changed it."`
	Index   indexCommand   `cmd:"" help:"Verify the search index against the store, or build it again."`
	Import  importCommand  `cmd:"" help:"Take in records from a file."`
	Copy    copyCommand    `cmd:"" help:"Copy all records to a new place: another database, or a backup."`
	Version versionCommand `cmd:"" help:"Print the version."`

	DatabaseURL     string `placeholder:"URL" env:"RABTA_DATABASE_URL" help:"PostgreSQL database that holds the records, shared by several nodes; the data directory then holds the index alone."`
	DatabaseURLFile string `placeholder:"FILE" env:"RABTA_DATABASE_URL_FILE" help:"File that holds the URL, so that its password is in no list of processes."`
	KeyFile         string `placeholder:"FILE" env:"RABTA_KEY_FILE" help:"Key file; beside the data directory unless told. Nodes of one database have the same."`

	Watched bool `hidden:"" help:"A terminal watches the caller's standard error."`
}

// database gives the URL of the database, from its flag or its file; empty is SQLite.
func (g *commandLine) database() (string, error) {
	url := g.DatabaseURL
	if g.DatabaseURLFile != "" {
		text, err := os.ReadFile(g.DatabaseURLFile)
		if err != nil {
			return "", fault.Field("database-url-file", "The file of --database-url-file cannot be read. Name one that holds the URL.")
		}
		url = strings.TrimSpace(string(text))
	}
	if where, err := node.ParseWhere(url); url != "" && (err != nil || where.URL == "") {
		return "", fault.Field("database-url", "--database-url takes postgres://USER@HOST/DATABASE.")
	}
	return url, nil
}

// dataFlag is the data directory of a subcommand that needs one.
type dataFlag struct {
	Data string `required:"" placeholder:"DIR" env:"RABTA_DATA" help:"Data directory; the key is kept beside it, as DIR.key."`
}

// jsonFlag chooses JSON instead of a table.
type jsonFlag struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// run parses the arguments, runs the subcommand that they name and gives its exit code. What went wrong is on standard error, in
// one line.
func (c *call) run(ctx context.Context) (code int) {
	if c.live != nil {
		defer func() { // a fault in one call must not end the server
			if r := recover(); r != nil {
				c.log().Error("a subcommand panicked", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
				c.complain("The server failed while doing this. Its log says why.")
				code = exitFailed
			}
		}()
	}
	var grammar commandLine
	helped := false
	parser, err := kong.New(&grammar, c.options(ctx, func(int) { helped = true })...)
	if err != nil {
		c.complain(err.Error())
		return exitFailed
	}
	parsed, err := parser.Parse(c.args)
	switch {
	case helped:
		return exitDone
	case err != nil:
		c.complain(usageSentence(err))
		return exitUsage
	}
	c.watched, c.keyFile = c.watched || grammar.Watched, grammar.KeyFile
	if c.live == nil { // the server has its database open
		if c.database, err = grammar.database(); err != nil {
			c.complain(sentence(err))
			return exitUsage
		}
	}
	return c.exitCode(parsed.Run(c))
}

func (c *call) options(ctx context.Context, exit func(int)) []kong.Option {
	options := []kong.Option{
		kong.Name("rabta"),
		kong.Description("Joins people who have learnt a trade to the work near them."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 110}),
		kong.ValueFormatter(helpOf),
		kong.Writers(c.stdout, c.stderr),
		kong.Exit(exit),
		kong.BindTo(ctx, (*context.Context)(nil)),
	}
	if c.live != nil {
		// The server has its directory open: what the caller's environment said of it need not be sent.
		options = append(options, kong.Resolvers(kong.ResolverFunc(
			func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
				if flag.Name == "data" && flag.Required {
					return ".", nil
				}
				return nil, nil
			})))
	}
	return options
}

// helpOf gives the help of a flag with its default, which kong leaves out where there is a placeholder, and its variable.
func helpOf(v *kong.Value) string {
	if v.Flag == nil || !v.HasDefault || v.Default == "" || v.Flag.PlaceHolder == "" || v.IsBool() {
		return kong.DefaultHelpValueFormatter(v)
	}
	told := *v
	told.Help = strings.TrimSuffix(v.Help, ".") + ". Default: " + v.Default + "."
	return kong.DefaultHelpValueFormatter(&told)
}

// exitCode reports err, if there is one, and gives the code to end with.
func (c *call) exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if code, ok := errors.AsType[exitError](err); ok {
		return int(code)
	}
	if errors.Is(err, context.Canceled) {
		c.complain("This was interrupted before it was done.")
		return exitFailed
	}
	if errors.Is(err, io.ErrClosedPipe) {
		return exitFailed // nobody reads any more
	}
	c.complain(sentence(err))
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitFailed
}

// exitError ends a subcommand with a code when everything has been said already.
type exitError int

// Error names the code, for a log.
func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// usageError is a command line that the grammar lets pass and that is wrong all the same.
type usageError struct{ error }

// Unwrap gives what was wrong with the arguments.
func (e usageError) Unwrap() error { return e.error }

// complain writes one line to standard error.
func (c *call) complain(text string) {
	fmt.Fprintf(c.stderr, "rabta: %s\n", strings.Join(strings.Fields(text), " "))
}

// sentence says what went wrong and what to do instead.
func sentence(err error) string {
	shown, ok := fault.Shown(err)
	if !ok {
		return err.Error()
	}
	if len(shown.Nearest) == 0 {
		return shown.Message
	}
	return shown.Message + " Did you mean: " + strings.Join(shown.Nearest, ", ")
}

// usageSentence says what is wrong with a command line, and where its help is.
func usageSentence(err error) string {
	if shown, ok := fault.Shown(err); ok {
		return sentence(shown)
	}
	command := "rabta"
	if parse, ok := errors.AsType[*kong.ParseError](err); ok && parse.Context != nil {
		for _, step := range parse.Context.Path {
			if step.Command != nil {
				command += " " + step.Command.Name
			}
		}
	}
	text := err.Error()
	if strings.Contains(text, "perhaps try --limit=") { // a figure below 0 is taken for a flag
		return limitSentence
	}
	if !strings.HasSuffix(text, "?") {
		text = strings.TrimSuffix(text, ".") + "."
	}
	return fmt.Sprintf("%s Run %s --help to see what it takes.", text, command)
}
