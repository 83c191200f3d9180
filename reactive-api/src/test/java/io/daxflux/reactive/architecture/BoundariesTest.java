package io.daxflux.reactive.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.daxflux.device.Device;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.ring.OffThread;
import io.daxflux.reactive.session.CallersMemory;
import io.daxflux.reactive.session.DeliveryThreads;
import io.daxflux.reactive.session.Outbox;
import io.daxflux.reactive.session.OutputView;
import io.daxflux.reactive.session.PartWrite;
import io.daxflux.reactive.session.SharedOutput;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may know what: core nothing of reactive types, users nothing of the insides. */
class BoundariesTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .importUrls(List.of(codeOf(Device.class), codeOf(ReactiveChunkStore.class)));

  private static final String REACTIVE = "io.daxflux.reactive..";
  private static final String COMMAND = "io.daxflux.cli..";
  private static final String[] CORE = {
    "io.daxflux.buffer..",
    "io.daxflux.chunk..",
    "io.daxflux.config..",
    "io.daxflux.device..",
    "io.daxflux.extent..",
    "io.daxflux.media..",
    "io.daxflux.restore..",
    "io.daxflux.store.."
  };

  /** What only the module's own packages, and modules named in its descriptor, may use. */
  private static final String[] NOT_FOR_USERS = {
    "io.daxflux.buffer..",
    "io.daxflux.extent..",
    "io.daxflux.restore..",
    "io.daxflux.store..",
    "io.daxflux.net.serve..",
    "io.daxflux.reactive.ring..",
    "io.daxflux.reactive.session.."
  };

  private static URL codeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void theProductIsLookedAt() {
    assertThat(PRODUCT.contain(Device.class)).isTrue();
    assertThat(PRODUCT.contain(ReactiveChunkStore.class)).isTrue();
    assertThat(PRODUCT.contain("io.daxflux.store.ChunkStore")).isTrue();
    assertThat(PRODUCT.contain("io.daxflux.reactive.session.StoreLoop")).isTrue();
  }

  @Test
  void coreKnowsNothingOfReactiveTypes() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            REACTIVE, "reactor..", "org.reactivestreams..", "com.lmax..", "io.netty..")
        .check(PRODUCT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.daxflux.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void ringKnowsNothingOfWhatItCarries() {
    noClasses()
        .that()
        .resideInAPackage("io.daxflux.reactive.ring..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(REACTIVE).and(not(resideInAPackage("io.daxflux.reactive.ring.."))))
        .check(PRODUCT);
  }

  @Test
  void ringIsTheDisruptorsOnlyPlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.daxflux.reactive.ring..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.lmax..")
        .check(PRODUCT);
  }

  @Test
  void serversKnowTheStoreFromOutside() {
    noClasses()
        .that()
        .resideInAPackage("io.daxflux.net..")
        .and()
        .resideOutsideOfPackage("io.daxflux.net.wire..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(NOT_FOR_USERS)
                .and(not(resideInAPackage("io.daxflux.net..")))
                .and(not(equivalentTo(OffThread.class))))
        .check(PRODUCT);
  }

  /** It is a store itself, and delivers and receives by the same means. */
  @Test
  void remoteStoreSharesOnlyTheseWithTheLocalOne() {
    noClasses()
        .that()
        .resideInAPackage("io.daxflux.net.wire..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(NOT_FOR_USERS)
                .and(not(resideInAPackage("io.daxflux.net..")))
                .and(not(resideInAPackage("io.daxflux.buffer..")))
                .and(
                    not(
                        belongToAnyOf(
                            CallersMemory.class,
                            DeliveryThreads.class,
                            Outbox.class,
                            OutputView.class,
                            PartWrite.class,
                            SharedOutput.class))))
        .check(PRODUCT);
  }

  @Test
  void nettyIsForServersAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.daxflux.net..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "reactor.netty..")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.daxflux.net..", COMMAND)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.daxflux.net..")
        .check(PRODUCT);
    noClasses()
        .that()
        .resideInAPackage("io.daxflux.net")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "reactor.netty..")
        .check(PRODUCT);
  }

  @Test
  void theCommandKnowsTheProductFromOutsideAndNobodyKnowsIt() {
    noClasses()
        .that()
        .resideInAPackage(COMMAND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NOT_FOR_USERS)
        .check(PRODUCT);
    noClasses()
        .that()
        .resideOutsideOfPackage(COMMAND)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(COMMAND, "picocli..")
        .check(PRODUCT);
  }

  @Test
  void outcomesKnowNothingOfTheInsides() {
    noClasses()
        .that()
        .resideInAPackage("io.daxflux.reactive.outcome..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NOT_FOR_USERS)
        .check(PRODUCT);
  }

  @Test
  void usersMeetNoTypeThatTheyCannotName() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAnyPackage(
            "io.daxflux.net",
            "io.daxflux.net.lm",
            "io.daxflux.reactive",
            "io.daxflux.reactive.outcome")
        .should()
        .notHaveRawReturnType(resideInAnyPackage(NOT_FOR_USERS))
        .check(PRODUCT);
    for (var method : PRODUCT.get(ReactiveChunkStore.class).getMethods()) {
      assertThat(method.getRawParameterTypes())
          .as(method.getFullName())
          .noneMatch(resideInAnyPackage(NOT_FOR_USERS)::test);
    }
  }

  @Test
  void oneClassCallsTheSystemAndOneTheNativeHelper() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.daxflux.device.Posix")
        .and()
        .doNotHaveFullyQualifiedName("io.daxflux.device.SystemCalls")
        .and()
        .doNotHaveFullyQualifiedName("io.daxflux.device.NativeHelper")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, SymbolLookup.class)
        .check(PRODUCT);
  }

  @Test
  void onlyDevicesReinterpretMemory() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.daxflux.device..")
        .should()
        .callMethodWhere(ofSegments("reinterpret"))
        .check(PRODUCT);
  }

  /** Everything else goes through these, which alone survive memory that faults. */
  @Test
  void onlyCopiersAndMediaTouchTheDevice() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.daxflux.device..", "io.daxflux.media..", "io.daxflux.restore..")
        .and()
        // What restores are measured against
        .haveNameNotMatching("io\\.daxflux\\.cli\\.CopyFloor(\\$.*)?")
        .and()
        // To and from callers' memory, and a client's own: as able to survive it.
        .doNotHaveFullyQualifiedName("io.daxflux.net.wire.PayloadCopy")
        .should()
        .callMethodWhere(
            ofSegments("copy|copyFrom|fill|get|getAtIndex|set|setAtIndex|mismatch|toArray"))
        .check(PRODUCT);
  }

  private static DescribedPredicate<JavaMethodCall> ofSegments(String names) {
    return DescribedPredicate.describe(
        "MemorySegment." + names,
        call ->
            call.getTargetOwner().isEquivalentTo(MemorySegment.class)
                && call.getName().matches(names));
  }

  /** One thread owns all of this: a lock or an atomic in it would be a doubt about that. */
  @Test
  void stateOfTheStoreIsConfinedAndNotShared() {
    noClasses()
        .that()
        .resideInAnyPackage("io.daxflux.store..", "io.daxflux.extent..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "java.lang.invoke")
        .check(PRODUCT);
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(PRODUCT);
  }

  @Test
  void threadsAreStartedByDevicesScansTheRingAndTheOwnerOfPartsAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.daxflux.device.Prefault")
        .and()
        .doNotHaveFullyQualifiedName("io.daxflux.media.Crew")
        .and()
        .resideOutsideOfPackage("io.daxflux.reactive.ring..")
        .should()
        .callMethod(Thread.class, "start")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .check(PRODUCT);
  }

  @Test
  void nothingIsPrintedButByTheCommand() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.daxflux.cli.Launcher")
        .and()
        .doNotHaveFullyQualifiedName("io.daxflux.cli.DaxfluxCommand")
        .should(ACCESS_STANDARD_STREAMS)
        .check(PRODUCT);
  }
}
