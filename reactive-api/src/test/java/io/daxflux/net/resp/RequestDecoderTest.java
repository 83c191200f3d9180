package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.net.serve.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {
  /** Writes down what it is told; words of these lengths or longer go elsewhere. */
  private static final class Notes implements RequestTaker {
    final List<String> notes = new ArrayList<>();
    boolean admitted = true;
    int elsewhereBytes = Integer.MAX_VALUE;

    @Override
    public boolean isAdmitted() {
      return admitted;
    }

    @Override
    public void begin(int words) {
      notes.add("begin " + words);
    }

    @Override
    public boolean keeps(int index, int bytes) {
      if (bytes >= elsewhereBytes) {
        notes.add(index + " elsewhere " + bytes);
        return false;
      }
      return true;
    }

    @Override
    public void word(int index, byte[] word) {
      notes.add(index + " " + new String(word, ISO_8859_1));
    }

    @Override
    public void end() {
      notes.add("end");
    }
  }

  private final Notes notes = new Notes();
  private final RequestDecoder decoder = new RequestDecoder(notes);

  private static ByteBuf bytes(String text) {
    return Unpooled.buffer().writeBytes(text.getBytes(ISO_8859_1));
  }

  /** Everything that is understood of it, request by request. */
  private void readAll(ByteBuf bytes) {
    int before;
    do {
      before = bytes.readableBytes();
      decoder.read(bytes);
    } while (bytes.readableBytes() < before);
  }

  @Test
  void arrayIsARequestOfItsStrings() {
    readAll(bytes("*2\r\n$3\r\nGET\r\n$0\r\n\r\n"));

    assertThat(notes.notes).containsExactly("begin 2", "0 GET", "1 ", "end");
    assertThat(decoder.isBetweenRequests()).isTrue();
  }

  @Test
  void oneRequestIsTakenAtATime() {
    ByteBuf two = bytes("*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nECHO\r\n");
    decoder.read(two);

    assertThat(notes.notes).containsExactly("begin 1", "0 PING", "end");
    assertThat(two.readableBytes()).isEqualTo(14);
  }

  @Test
  void requestMayComeByteByByte() {
    ByteBuf come = Unpooled.buffer();
    String text = "*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\nPING now\r\n";
    for (char value : text.toCharArray()) {
      come.writeByte(value);
      readAll(come);
    }

    assertThat(notes.notes)
        .containsExactly(
            "begin 2", "0 ECHO", "1 hello", "end", "begin 2", "0 PING", "1 now", "end");
    assertThat(come.isReadable()).isFalse();
  }

  @Test
  void decoderStopsBeforeAWordThatGoesElsewhere() {
    notes.elsewhereBytes = 100;
    ByteBuf come = bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\nvalue");
    decoder.read(come);

    assertThat(notes.notes).containsExactly("begin 3", "0 SET", "1 k", "2 elsewhere 100");
    assertThat(come.toString(ISO_8859_1)).isEqualTo("value");
    assertThat(decoder.isBetweenRequests()).isFalse();
    decoder.read(bytes("\r\n"));
    assertThat(notes.notes).last().isEqualTo("end");
    assertThat(decoder.isBetweenRequests()).isTrue();
  }

  @Test
  void emptyRequestsAreSkipped() {
    ByteBuf come = bytes("*0\r\n*-1\r\n\r\n \n*1\r\n$1\r\nx\r\n");
    readAll(come);

    assertThat(notes.notes).containsExactly("begin 1", "0 x", "end");
    assertThat(come.isReadable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'*x\r\n', invalid multibulk length",
    "'*01\r\n', invalid multibulk length",
    "'*2147483648\r\n', invalid multibulk length",
    "'*1\r\n+PING\r\n', 'expected ''$'', got ''+'''",
    "'*1\r\n$-1\r\n', invalid bulk length",
    "'*1\r\n$x\r\n', invalid bulk length",
    "'*1\r\n$536870913\r\n', invalid bulk length",
    "'*00000000000000000000000000000000000', too big mbulk count string",
    "'*1\r\n$0000000000000000000000000000000000', too big bulk count string",
  })
  void whatIsNoRequestIsRefusedInRedisWords(String text, String why) {
    assertThatThrownBy(() -> readAll(bytes(text)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("Protocol error: " + why);
  }

  @Test
  void lineThatDoesNotEndIsRefused() {
    ByteBuf come = bytes("a".repeat(1 << 16));
    readAll(come);
    come.writeByte('a');

    assertThatThrownBy(() -> readAll(come)).hasMessage("Protocol error: too big inline request");
    assertThat(notes.notes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'*11\r\n', unauthenticated multibulk length",
    "'*1\r\n$16385\r\n', unauthenticated bulk length",
  })
  void strangerSendsNothingLong(String text, String why) {
    readAll(bytes(text.startsWith("*11") ? "*11\r\n" : "*1\r\n$16385\r\n"));
    notes.admitted = false;
    RequestDecoder other = new RequestDecoder(notes);

    assertThatThrownBy(
            () -> {
              ByteBuf come = bytes(text);
              other.read(come);
              other.read(come);
            })
        .hasMessage("Protocol error: " + why);
  }
}
