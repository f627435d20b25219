package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.TlsMode;
import dev.weft.grpc.Text;
import dev.weft.http.guard.Rules;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that takes any name for a method, as proxies do, behind a rule about some. */
final class OddPathsTest {
    private final GuardedSite site =
            new GuardedSite(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/test.Admin/"))));
    private final List<String> served = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        site.close();
    }

    private static MethodDescriptor<String, String> named(String name) {
        return MethodDescriptor.newBuilder(new Text(), new Text())
                .setType(MethodType.UNARY)
                .setFullMethodName(name)
                .build();
    }

    @Test
    void noSpellingOfAForbiddenMethodIsServed() throws Exception {
        site.builder.fallbackHandlerRegistry(new HandlerRegistry() {
            @Override
            public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
                return ServerMethodDefinition.create(named(method), ServerCalls.asyncUnaryCall((request, answer) -> {
                    served.add(method);
                    answer.onNext(request);
                    answer.onCompleted();
                }));
            }
        });
        site.guarded();

        for (String name : List.of(
                "test.Admin/Other",
                "test.Public/../test.Admin/Unary",
                "./test.Admin/Unary",
                "test.Public/%2e%2e/test.Admin/Unary",
                "%74est.Admin/Unary",
                "test.%41dmin/Unary",
                "x/../test.Admin/./Unary")) {
            assertThat(site.call(named(name), "x").code()).as(name).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        for (String name : List.of("test.Admin/a%zz", "test.Public/a#b", "test.Public/a%00")) {
            assertThat(site.call(named(name), "x").code()).as(name).isEqualTo(Status.Code.INTERNAL);
        }
        assertThat(served).isEmpty();
        for (String name :
                List.of("test.Public/Other", "test.admin/Unary", "test.AdminX/Unary", "a/b/c?d=/test.Admin/")) {
            assertThat(site.call(named(name), "x").code()).as(name).isEqualTo(Status.Code.OK);
        }
    }
}
