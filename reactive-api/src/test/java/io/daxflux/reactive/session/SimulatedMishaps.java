package io.daxflux.reactive.session;

import java.util.List;
import java.util.Random;

/** What befalls a device while the machine is off: bits flip, pages go bad, or are replaced. */
final class SimulatedMishaps {
  /** The part of a record that every record has. */
  private static final int RECORD_BYTES = 96;

  private final SimulatedDevice device;
  private final SimulatedLedger ledger;
  private final SimulationHistory history;
  private final Random random;

  SimulatedMishaps(
      SimulatedDevice device, SimulatedLedger ledger, SimulationHistory history, Random random) {
    this.device = device;
    this.ledger = ledger;
    this.history = history;
    this.random = random;
  }

  /** Something, or nothing, happens to one of these. */
  void befall(List<SimulatedVersion> victims) {
    if (device.hasBadPages() && random.nextInt(4) == 0) {
      replacePages();
    }
    if (victims.isEmpty() || random.nextInt(3) > 0) {
      return;
    }
    SimulatedVersion victim = victims.get(random.nextInt(victims.size()));
    if (random.nextInt(4) == 0) {
      device.spoil(random.nextBoolean() ? victim.payloadOffset : victim.recordOffset);
      history.note(ledger.now, () -> "a page goes bad under " + victim);
    } else if (random.nextInt(4) == 0) {
      device.flip(victim.recordOffset + random.nextInt(RECORD_BYTES), random.nextInt(8));
      victim.unrecorded = true;
      history.note(ledger.now, () -> "a bit flips in the record of " + victim);
    } else if (victim.bytes.length > 0) {
      victim.damaged = true;
      device.flip(victim.payloadOffset + random.nextInt(victim.bytes.length), random.nextInt(8));
      history.note(ledger.now, () -> "a bit flips in " + victim);
    }
  }

  private void replacePages() {
    history.note(ledger.now, () -> "bad pages are replaced");
    for (SimulatedVersion version : ledger.alive()) {
      boolean unknown = version.recordOffset < 0;
      version.unrecorded |= unknown || device.isBad(version.recordOffset, version.recordBytes);
      version.damaged |=
          version.unrecorded || device.isBad(version.payloadOffset, version.bytes.length);
    }
    device.heal();
  }
}
