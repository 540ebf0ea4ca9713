// Reads a JSON array of .env texts from standard input and writes what the named program makes of each: an object, or null
// where it refuses the file. A name without a value is null.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/docker/cli/pkg/kvfile"
)

func main() {
	readers := map[string]func(string) (map[string]*string, error){"compose": readCompose, "docker": readDocker}
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		log.Fatal(err)
	}
	all := make([]map[string]*string, len(texts))
	for i, text := range texts {
		if values, err := readers[os.Args[1]](text); err == nil {
			all[i] = values
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		log.Fatal(err)
	}
}

func readCompose(text string) (map[string]*string, error) {
	values, err := dotenv.ParseWithLookup(bytes.NewReader([]byte(text)), nothing)
	found := map[string]*string{}
	for key := range values {
		value := values[key]
		found[key] = &value
	}
	return found, err
}

func readDocker(text string) (map[string]*string, error) {
	lines, err := kvfile.ParseFromReader(strings.NewReader(text), nothing)
	found := map[string]*string{}
	for _, line := range lines {
		key, value, _ := strings.Cut(line, "=")
		found[key] = &value
	}
	return found, err
}

func nothing(string) (string, bool) { return "", false }
