package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand is rabta version.
type versionCommand struct{ jsonFlag }

// built is what the binary knows of its making.
type built struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source, when it was built from a repository
	Modified bool   `json:"modified,omitempty"` // the source had changes beside the revision
	Go       string `json:"go"`
}

func builtAs() built {
	b := built{Version: "(devel)", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// Run prints the version.
func (v *versionCommand) Run(c *call) error {
	b := builtAs()
	if v.JSON {
		return printJSON(c.stdout, b)
	}
	_, err := fmt.Fprintf(c.stdout, "rabta %s %s\n", b.Version, b.Go)
	return err
}
