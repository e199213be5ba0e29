package main

import "sort"

func share(total int64, weights []int64) []int64 {
	var sum int64
	for _, weight := range weights {
		sum += weight
	}
	left := total
	cents := make([]int64, len(weights))
	order := make([]int, len(weights))
	for i, weight := range weights {
		cents[i] = total * weight / sum
		left -= cents[i]
		order[i] = i
	}
	rest := func(i int) int64 { return total * weights[i] % sum }
	sort.SliceStable(order, func(a, b int) bool { return rest(order[a]) > rest(order[b]) })
	for i := int64(0); i < left; i++ {
		cents[order[i]]++
	}
	return cents
}
