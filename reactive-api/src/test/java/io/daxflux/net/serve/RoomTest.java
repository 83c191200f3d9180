package io.daxflux.net.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.ServerOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is kept for all clients together, whatever they do not read or do not finish. */
class RoomTest {
  private static final int MOST_IN_ALL = 1 << 20;
  private static final int REPLIES = 100;

  private final CommonRoom common = new CommonRoom(MOST_IN_ALL);
  private final ServerOptions options = ServerOptions.builder().build();
  private final ServerParts parts =
      new ServerParts(
          null,
          options,
          new Lengths(),
          new Tally(),
          new ServerLog(),
          new Connections(options),
          new CommonCredit(MOST_IN_ALL),
          common);

  private final Queue<Client> clients = new ArrayDeque<>();

  /** A request is a length and as many bytes; its reply has ten times as many. */
  private record Lengths() implements Protocol {
    @Override
    public String scheme() {
      return "lengths";
    }

    @Override
    public Dialect open(Connection connection) {
      return bytes -> {
        if (bytes.readableBytes() < 4
            || bytes.readableBytes() < 4 + bytes.getInt(bytes.readerIndex())) {
          return;
        }
        int length = bytes.readInt();
        bytes.skipBytes(length);
        connection.answer(Mono.just(() -> Reply.of(Unpooled.buffer().writeZero(10 * length))));
      };
    }
  }

  /** Takes from its channel only what it is told to read. */
  private final class Client extends ChannelOutboundHandlerAdapter {
    private record Unread(Object message, ChannelPromise promise) {}

    private final Queue<Unread> unread = new ArrayDeque<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(this, new ClientHandler(parts));

    private Client() {
      clients.add(this);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      unread.add(new Unread(message, promise));
    }

    /** What was not taken is lost with the connection. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
      for (Unread lost = unread.poll(); lost != null; lost = unread.poll()) {
        ReferenceCountUtil.release(lost.message);
        lost.promise.setFailure(new ClosedChannelException());
      }
    }

    Client ask(int bytes) {
      channel.writeInbound(Unpooled.buffer().writeInt(bytes).writeZero(bytes));
      return this;
    }

    Client begin(int bytes, int sent) {
      channel.writeInbound(Unpooled.buffer().writeInt(bytes).writeZero(sent));
      return this;
    }

    void send(int bytes) {
      channel.writeInbound(Unpooled.buffer().writeZero(bytes));
    }

    /** All there is to read, and what the server sends because that was read. */
    long read() {
      long bytes = 0;
      for (Unread next = unread.poll(); next != null; next = unread.poll()) {
        bytes += ((ByteBuf) next.message).readableBytes();
        ReferenceCountUtil.release(next.message);
        next.promise.setSuccess();
        channel.runPendingTasks();
      }
      return bytes;
    }

    boolean isOpen() {
      channel.runPendingTasks();
      return channel.isActive();
    }
  }

  @AfterEach
  void nothingIsKeptForClientsThatAreGone() {
    clients.forEach(client -> client.channel.finishAndReleaseAll());
    assertThat(common.keptBytes()).isZero();
  }

  @Test
  void whereItIsScarceEachHasALittleAndNobodyIsClosed() {
    Client greedy = new Client();
    Client modest = new Client();
    IntStream.range(0, REPLIES).forEach(_ -> greedy.ask(10_000));
    IntStream.range(0, REPLIES).forEach(_ -> modest.ask(1_000));

    assertThat(common.keptBytes()).isGreaterThan(MOST_IN_ALL / 2).isLessThan(MOST_IN_ALL);
    assertThat(modest.unread).hasSizeBetween(1, Room.LITTLE_BYTES / 10_000 + 1);
    assertThat(modest.read()).isEqualTo(REPLIES * 10_000L);
    assertThat(greedy.read()).isEqualTo(REPLIES * 100_000L);
    assertThat(common.keptBytes()).isZero();
  }

  @Test
  void whoHasMoreThanALittleOfWhatIsUsedUpIsClosed() {
    Client first = new Client().ask(60_000);
    Client second = new Client().ask(60_000);
    Client third = new Client().ask(1_000);

    assertThat(Stream.of(first, second, third).map(Client::isOpen))
        .containsExactly(true, false, true);
    assertThat(third.read()).isEqualTo(10_000);
    assertThat(first.read()).isEqualTo(600_000);
  }

  @Test
  void howManyMoreDoesNotMatterWhereEachHasALittle() {
    for (int i = 0; i < 200; i++) {
      new Client().ask(60_000);
    }
    assertThat(common.keptBytes()).isLessThan(MOST_IN_ALL);
    assertThat(clients.stream().filter(Client::isOpen)).hasSize(1);
  }

  @Test
  void requestsThatAreNotWholeCount() {
    for (int i = 0; i < 12; i++) {
      new Client().begin(200_000, 100_000);
    }
    assertThat(common.keptBytes()).isLessThan(MOST_IN_ALL);
    assertThat(clients.stream().filter(Client::isOpen)).hasSize(10);

    Client finishing = clients.element();
    clients.stream().skip(1).forEach(client -> client.channel.finishAndReleaseAll());
    finishing.send(100_000);
    assertThat(finishing.isOpen()).isFalse();
  }
}
