package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
)

func main() {
	since := map[string]int{}
	total := map[string]int{}
	most := 0
	input := bufio.NewReader(os.Stdin)
	for {
		var time int
		var kind, plate string
		if n, _ := fmt.Fscan(input, &time, &kind, &plate); n < 3 {
			break
		}
		start, inside := since[plate]
		if kind == "in" && !inside {
			since[plate] = time
		} else if kind == "out" && inside {
			hours := (time - start + 59) / 60
			total[plate] += 2 * max(1, hours)
			delete(since, plate)
		}
		most = max(most, len(since))
	}
	var plates []string
	for plate := range total {
		plates = append(plates, plate)
	}
	sort.Strings(plates)
	for _, plate := range plates {
		fmt.Println(plate, total[plate])
	}
	fmt.Println("inside", len(since))
	fmt.Println("most", most)
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}
