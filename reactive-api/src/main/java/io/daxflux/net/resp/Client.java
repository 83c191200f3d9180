package io.daxflux.net.resp;

import io.daxflux.net.Secret;
import io.daxflux.net.serve.Answer;
import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Patience;
import io.daxflux.net.serve.Reply;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.PutExchange;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One client: whether it is let in, which version of the protocol it speaks, and its way to
 * answers. What it says about itself holds from the next request on. On the connection's event
 * loop, but for the making of replies.
 */
final class Client {
  /** How many wrong passwords it may name. */
  private static final int MOST_GUESSES = 5;

  final Connection connection;
  final RespProtocol protocol;
  final Identity identity;

  private int guesses;
  private boolean isVersion3;
  private boolean admitted;

  Client(Connection connection, RespProtocol protocol, long id) {
    this.connection = connection;
    this.protocol = protocol;
    this.identity = new Identity(connection, protocol, id);
    this.admitted = secret() == null;
  }

  ReactiveChunkStore store() {
    return connection.store();
  }

  // --- What it may, and what it speaks

  @Nullable Secret secret() {
    return connection.options().secret();
  }

  boolean isAdmitted() {
    return admitted;
  }

  /**
   * Lets it in, if it knows the secret of the only user there is.
   *
   * @throws CommandException otherwise
   */
  void admit(String user, byte[] password) {
    Secret secret = secret();
    boolean known = secret == null || secret.matches(password);
    if (!known || !user.equals("default")) {
      if (secret != null) {
        guesses++;
        connection.noteWrongSecret();
      }
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    admitted = true;
    connection.admit();
  }

  /** Whether it has named so many passwords that it is guessing. */
  boolean isGuessing() {
    return guesses >= MOST_GUESSES;
  }

  int version() {
    return isVersion3 ? 3 : 2;
  }

  void speak(long version) {
    isVersion3 = version == 3;
  }

  /** Is as if it had just come. */
  void reset() {
    isVersion3 = false;
    admitted = secret() == null;
    identity.forgetName();
  }

  // --- Answers

  /** Answers at once, in its turn. */
  void say(Consumer<RespWriter> content) {
    boolean version3 = isVersion3;
    connection.answer(Mono.just(said(version3, content)));
  }

  /** Answers with an error, in its turn. */
  void refuse(String message) {
    say(writer -> writer.error(message));
  }

  /** Answers with what the store says, side by side with other such requests. */
  <T> void answer(Mono<T> asked, BiConsumer<RespWriter, T> content) {
    connection.answer(reply(Patience.with(asked), _ -> {}, content));
  }

  /** The same where the answer may be long: one such after the other. */
  <T> void answerAtLength(Mono<T> asked, BiConsumer<RespWriter, T> content) {
    connection.answerAtLength(reply(asked, _ -> {}, content));
  }

  /** The same with chunks that the reply has until it is sent. */
  void answerLent(Mono<BorrowedBatch> asked, BiConsumer<RespWriter, BorrowedBatch> content) {
    connection.answerAtLength(reply(Patience.with(asked), BorrowedBatch::close, content));
  }

  /** The same for what changes the store: alone, and also where the client has gone. */
  <T> void change(Mono<T> asked, BiConsumer<RespWriter, T> content) {
    connection.change(reply(Patience.with(asked), _ -> {}, content));
  }

  /** The same for values that came: the end of a put is never refused, nor can it be repeated. */
  <T> void commit(Mono<T> ended, BiConsumer<RespWriter, T> content) {
    connection.change(reply(ended, _ -> {}, content));
  }

  /** The same where the change tells what was there before. */
  void exchange(Mono<PutExchange> asked, BiConsumer<RespWriter, PutExchange> content) {
    connection.change(reply(asked, PutExchange::close, content));
  }

  private <T> Mono<Answer> reply(
      Mono<T> asked, Consumer<T> giveBack, BiConsumer<RespWriter, T> content) {
    boolean version3 = isVersion3;
    return asked
        .map(said -> answer(version3, () -> giveBack.accept(said), to -> content.accept(to, said)))
        .onErrorResume(failure -> Mono.just(() -> failed(failure, version3)));
  }

  private Answer answer(boolean version3, Runnable giveBack, Consumer<RespWriter> content) {
    Answer lent =
        Answer.lent(
            giveBack, reply -> RespWriter.write(connection.memory(), version3, reply, content));
    return new Answer() {
      @Override
      public Reply make() {
        try {
          return lent.make();
        } catch (RuntimeException failure) {
          return failed(failure, version3);
        }
      }

      @Override
      public void discard() {
        lent.discard();
      }
    };
  }

  private Reply failed(Throwable failure, boolean version3) {
    if (Errors.isUnexpected(failure)) {
      connection.noteFailure("request failed", failure);
    }
    String message = Errors.of(failure);
    return said(version3, writer -> writer.error(message)).make();
  }

  private Answer said(boolean version3, Consumer<RespWriter> content) {
    return Answer.lent(
        () -> {}, reply -> RespWriter.write(connection.memory(), version3, reply, content));
  }
}
