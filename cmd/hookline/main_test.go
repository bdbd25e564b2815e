package main

import (
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output of the scripts")

func TestMain(m *testing.M) {
	if os.Getenv(killEnv) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"hookline": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			root, err := os.Getwd()
			env.Setenv("CORPUS", root+"/../../corpus")
			env.Setenv("DATA", root+"/testdata")
			env.Setenv("NO_COLOR", "1")
			return err
		},
	})
}
