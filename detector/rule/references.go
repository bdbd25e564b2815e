package rule

import "go.yaml.in/yaml/v3"

// readReferences reads references.yaml: the sources that rules cite, by key.
func (f *file) readReferences(root *yaml.Node) map[string]string {
	sources := map[string]string{}
	f.pairs(root, "references", func(key, value *yaml.Node) {
		if what, ok := f.str(value, "source"); ok {
			sources[key.Value] = what
		}
	})
	return sources
}
