package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/pack"
)

func newRulesPack(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pack",
		Short: "Sign rule folders that are handed on, and check them",
		Example: `  hookline rules pack keygen my.key
  hookline rules pack sign --key my.key mypack
  hookline scan --add-rules mypack --require-key my.key.pub export.zip`,
	}
	cmd.AddCommand(newPackKeygen(s), newPackSign(s), newPackCheck(s))
	return cmd
}

func newPackKeygen(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "keygen FILE",
		Short:   "Make a pair of keys: FILE, to be kept secret, and FILE.pub",
		Example: "  hookline rules pack keygen my.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			public, private, err := pack.NewKey()
			if err != nil {
				return err
			}
			file, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return err
			}
			if _, err := file.WriteString(pack.EncodePrivate(private)); err != nil {
				return err
			}
			if err := file.Close(); err != nil {
				return err
			}
			fmt.Fprintf(s.err, "public key in %s.pub\n", args[0])
			return os.WriteFile(args[0]+".pub", []byte(pack.EncodeKey(public)+"\n"), 0o644)
		},
	}
}

func newPackSign(s streams) *cobra.Command {
	var key string
	cmd := &cobra.Command{
		Use:     "sign FOLDER",
		Short:   "Write pack.sig into a rule folder",
		Example: "  hookline rules pack sign --key my.key mypack",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			body, err := os.ReadFile(key)
			if err != nil {
				return err
			}
			private, err := pack.DecodePrivate(string(body))
			if err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			signature, err := pack.Sign(os.DirFS(args[0]), private)
			if err != nil {
				return err
			}
			name := filepath.Join(args[0], pack.SignatureName)
			fmt.Fprintf(s.err, "signed: %s\n", name)
			return os.WriteFile(name, []byte(signature), 0o644)
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "file of the secret key")
	_ = cmd.MarkFlagRequired("key")
	return cmd
}

func newPackCheck(s streams) *cobra.Command {
	var engine engineFlags
	cmd := &cobra.Command{
		Use:     "check FOLDER",
		Short:   "Load a rule folder with the built-in rules, as scan --add-rules would",
		Example: "  hookline rules pack check --require-key my.key.pub mypack",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			engine.add = append(engine.add, args[0])
			set, err := engine.set()
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%s: %d rules together\n", set.Version, len(set.Rules))
			return nil
		},
	}
	engine.register(cmd)
	return cmd
}
