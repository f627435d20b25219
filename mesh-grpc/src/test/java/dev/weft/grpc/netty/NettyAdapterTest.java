package dev.weft.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Most applications have one of gRPC's Netty transports and not the other; many have neither. */
final class NettyAdapterTest {

    @Test
    void isLoadedAndKnowsNothingWhereTheLibraryIsAbsent() throws Exception {
        List<URL> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("grpc-netty") && !entry.contains("/io/netty/")) {
                others.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(others.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = without.loadClass(NettyAdapter.class.getName());
            Object adapter = type.getConstructor().newInstance();
            Class<?> mesh = without.loadClass("dev.weft.Mesh");
            assertThat(type.getMethod("wrap", mesh, Object.class).invoke(adapter, null, "client"))
                    .isNull();
            assertThat(type.getMethod("guard", mesh, Object.class).invoke(adapter, null, "server"))
                    .isNull();
        }
    }
}
