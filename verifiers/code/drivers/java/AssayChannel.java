import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/** Lines on descriptor 3: one at a time, each way. */
final class AssayChannel {
  private final BufferedReader lines;
  private final OutputStream replies;

  AssayChannel() throws ReflectiveOperationException {
    FileDescriptor descriptor = numbered();
    lines = new BufferedReader(new InputStreamReader(new FileInputStream(descriptor), StandardCharsets.UTF_8));
    replies = new FileOutputStream(descriptor);
  }

  /** The next free descriptor number is 3's own: a stream of it is made by setting its number. */
  private static FileDescriptor numbered() throws ReflectiveOperationException {
    FileDescriptor descriptor = new FileDescriptor();
    Field number = FileDescriptor.class.getDeclaredField("fd");
    number.setAccessible(true);
    number.setInt(descriptor, 3);
    return descriptor;
  }

  /** The next line; null at the end. */
  String take() throws IOException {
    return lines.readLine();
  }

  void put(String line) throws IOException {
    replies.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
