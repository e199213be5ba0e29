use std::collections::BTreeMap;
use std::io::Read;

fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let mut since: BTreeMap<&str, i64> = BTreeMap::new();
    let mut total: BTreeMap<&str, i64> = BTreeMap::new();
    let mut most = 0;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let time: i64 = words[0].parse().unwrap();
        if words[1] == "in" {
            since.entry(words[2]).or_insert(time);
        } else if let Some(start) = since.remove(words[2]) {
            let hours = (time - start + 59) / 60;
            *total.entry(words[2]).or_insert(0) += 2 * hours.max(1);
        }
        most = most.max(since.len());
    }
    for (plate, sum) in &total {
        println!("{} {}", plate, sum);
    }
    println!("inside {}\nmost {}", since.len(), most);
}
