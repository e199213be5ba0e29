pub fn share(total: i64, weights: Vec<i64>) -> Vec<i64> {
    let sum: i64 = weights.iter().sum();
    let mut cents: Vec<i64> = weights.iter().map(|weight| total * weight / sum).collect();
    let left = total - cents.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| -(total * weights[i] % sum));
    for &i in order.iter().take(left as usize) {
        cents[i] += 1;
    }
    cents
}
