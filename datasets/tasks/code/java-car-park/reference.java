import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;

public class Main {
  public static void main(String[] words) {
    Map<String, Integer> since = new TreeMap<>();
    Map<String, Integer> total = new TreeMap<>();
    int most = 0;
    Scanner input = new Scanner(System.in);
    while (input.hasNext()) {
      int time = input.nextInt();
      String kind = input.next();
      String plate = input.next();
      if (kind.equals("in")) {
        since.putIfAbsent(plate, time);
      } else if (since.containsKey(plate)) {
        int hours = (time - since.remove(plate) + 59) / 60;
        total.merge(plate, 2 * Math.max(1, hours), Integer::sum);
      }
      most = Math.max(most, since.size());
    }
    total.forEach((plate, sum) -> System.out.println(plate + " " + sum));
    System.out.println("inside " + since.size());
    System.out.println("most " + most);
  }
}
