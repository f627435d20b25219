package dev.weft.spring.autoconfigure;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.spring.MeshBuilderCustomizer;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Application contexts for tests, with a configuration written by hand. */
final class Contexts {
    static final MeshSnapshot EMPTY =
            new MeshSnapshot("1", Map.of(), Map.of(), Map.of(), MeshSnapshot.Source.STATIC, 0);

    private Contexts() {}

    /** A mesh called {@code shop} that knows nobody. */
    static ApplicationContextRunner shop() {
        return named("spring.application.name=shop");
    }

    static ApplicationContextRunner named(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MeshAutoConfiguration.class))
                .withBean(MeshBuilderCustomizer.class, () -> builder -> builder.snapshots(SnapshotSource.of(EMPTY)))
                .withPropertyValues(properties);
    }
}
