package cluster

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"rabta/internal/fault"
)

// installTimeout bounds the installation of PostgreSQL where it is missing and may be installed.
const installTimeout = 5 * time.Minute

// where distributions put the server's programs, which are seldom on PATH.
var binaryPlaces = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin"}

// installing is held by who installs, so that tests that run at once do it once.
var installing sync.Mutex

// findBinaries gives the directory of the newest installed server, after trying to install one.
func findBinaries(ctx context.Context) (string, error) {
	installing.Lock()
	defer installing.Unlock()
	if dir, ok := installed(); ok {
		return dir, nil
	}
	if os.Geteuid() == 0 {
		if apt, err := exec.LookPath("apt-get"); err == nil {
			ctx, cancel := context.WithTimeout(ctx, installTimeout)
			defer cancel()
			for _, args := range [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "postgresql"}} {
				cmd := exec.CommandContext(ctx, apt, args...)
				cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
				if cmd.Run() != nil {
					break // what follows says what is missing
				}
			}
		}
	}
	if dir, ok := installed(); ok {
		return dir, nil
	}
	return "", fault.New(fault.Unavailable, "cluster", "PostgreSQL's server programs were not found and could not be installed: install postgresql (initdb and postgres, on PATH or in /usr/lib/postgresql).")
}

// installed looks for a directory with every program that we run.
func installed() (string, bool) {
	var places []string
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			places = append(places, filepath.Dir(real))
		}
	}
	for _, pattern := range binaryPlaces {
		found, _ := filepath.Glob(pattern) // fails for a bad pattern alone
		slices.SortFunc(found, func(a, b string) int { return majorOf(b) - majorOf(a) })
		places = append(places, found...)
	}
	for _, dir := range places {
		if complete(dir) {
			return dir, true
		}
	}
	return "", false
}

func complete(dir string) bool {
	for _, program := range []string{"initdb", "postgres", "psql", "pg_basebackup"} {
		if _, err := exec.LookPath(filepath.Join(dir, program)); err != nil {
			return false
		}
	}
	return true
}

// majorOf reads the version of /usr/lib/postgresql/15/bin; 0 when the path has none.
func majorOf(dir string) int {
	version, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	if err != nil {
		return 0
	}
	return version
}
