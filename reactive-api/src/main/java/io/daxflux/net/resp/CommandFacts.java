package io.daxflux.net.resp;

import java.util.List;
import java.util.stream.Stream;

/**
 * What clients may ask about a command.
 *
 * @param group what kind it is of
 * @param since the Redis that had it first
 * @param summary what it does
 * @param flags Redis's words for how it behaves
 * @param firstKey where among its words the first key is; 0 where there is none
 * @param lastKey where the last one is; counted from the end where negative
 * @param keyStep from one key to the next
 */
record CommandFacts(
    String group,
    String since,
    String summary,
    List<String> flags,
    int firstKey,
    int lastKey,
    int keyStep) {
  static final CommandFacts NONE = new CommandFacts("", "", "", List.of(), 0, 0, 0);

  /** Whether clients may ask for it that have not named the password. */
  boolean isForStrangers() {
    return flags.contains("no_auth");
  }

  /** Redis's categories, as far as they follow from the rest. */
  List<String> categories() {
    return Stream.of(
            flags.contains("write") ? "@write" : flags.contains("readonly") ? "@read" : "",
            group.equals("generic") ? "@keyspace" : group.isEmpty() ? "" : "@" + group,
            flags.contains("fast") ? "@fast" : "@slow")
        .filter(category -> !category.isEmpty())
        .toList();
  }
}
