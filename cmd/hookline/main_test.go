package main

import (
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hookline/hookline/detector/builtin"
)

var update = flag.Bool("update", false, "rewrite the expected output of the scripts")

func TestMain(m *testing.M) {
	if os.Getenv(killEnv) != "" {
		main()
	}
	testscript.Main(cached{m}, map[string]func(){"hookline": main})
}

// cached runs tests that share what compiling the rules comes to, and leave
// the user's alone.
type cached struct{ *testing.M }

func (c cached) Run() int {
	folder, err := os.MkdirTemp("", "hookline-test-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	defer meanwhile.Wait()
	if err := os.Setenv(builtin.CacheVariable, folder); err != nil {
		panic(err)
	}
	return c.M.Run()
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			root, err := os.Getwd()
			env.Setenv("CORPUS", root+"/../../corpus")
			env.Setenv("DATA", root+"/testdata")
			env.Setenv("NO_COLOR", "1")
			env.Setenv(builtin.CacheVariable, os.Getenv(builtin.CacheVariable))
			return err
		},
	})
}
