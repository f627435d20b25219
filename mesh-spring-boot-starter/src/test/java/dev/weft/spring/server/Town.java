package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.InboundStage;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.RawClient;
import dev.weft.http.guard.Rules;
import dev.weft.http.identity.Workloads;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A mesh with rules that a test changes, an authority, and callers of an application in it. */
final class Town {
    static final String CART = "spiffe://cluster.local/ns/shop/sa/cart";

    final Workloads authority = workloads();
    final HeldIdentity own = IdentitySource.of(identity("spiffe://cluster.local/ns/shop/sa/stock", 1));
    final HeldIdentity cart = IdentitySource.of(identity(CART, 1));
    final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE));

    private static Workloads workloads() {
        try {
            return new Workloads();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    dev.weft.identity.Identity identity(String id, long epoch) {
        try {
            return authority.identity(id, epoch);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Mesh mesh() {
        return Mesh.builder()
                .service("stock")
                .ignoreEnvironment()
                .trust(Trust.of(own))
                .snapshots(rules)
                .start();
    }

    void rule(TlsMode mode, InboundStage... stages) {
        rules.set(Rules.snapshot(mode, stages));
    }

    /** Asks in plaintext. */
    RawClient.Answer plaintext(int port, String path, String... fields) throws IOException {
        try (RawClient client = RawClient.plaintext(address(port))) {
            return client.send(get(path, fields)).answer();
        }
    }

    /** Asks as the cart. */
    RawClient.Answer cart(int port, String path, String... fields) throws IOException {
        try (RawClient client = RawClient.tls(address(port), cart)) {
            return client.send(get(path, fields)).answer();
        }
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static String get(String path, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "GET " + path + " HTTP/1.1\r\nHost: stock\r\n" + more + "\r\n";
    }
}
