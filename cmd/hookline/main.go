// Command hookline finds scam scripts in messages and says how urgent a human
// look is. See the README.
package main

import "os"

func main() {
	code := run(os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	meanwhile.Wait()
	os.Exit(code)
}
