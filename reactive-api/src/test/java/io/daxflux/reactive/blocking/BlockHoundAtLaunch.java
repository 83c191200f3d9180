package io.daxflux.reactive.blocking;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/** Arms BlockHound before the first test of this module, whichever that is. */
public final class BlockHoundAtLaunch implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    BlockHound.install();
  }
}
