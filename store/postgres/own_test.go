package postgres_test

import (
	"path/filepath"
	"testing"

	"rabta/store/postgres/cluster"
)

// ownCluster runs a cluster for one test, which may stop it.
func ownCluster(t testing.TB, opts cluster.Options) *cluster.Cluster {
	t.Helper()
	c, err := cluster.Start(t.Context(), filepath.Join(cluster.DirForTest(t), "c"), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Remove(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// durable is a database whose commits are on the disk.
func durable(t testing.TB) string {
	return ownCluster(t, cluster.Options{Durable: true}).URL("postgres")
}
