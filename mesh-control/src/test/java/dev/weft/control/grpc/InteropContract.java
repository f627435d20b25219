package dev.weft.control.grpc;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All scenarios for one client. */
@ExtendWith(Outcomes.class)
abstract class InteropContract
        implements BalancingScenarios,
                FailoverScenarios,
                RoutingScenarios,
                TimeScenarios,
                FaultScenarios,
                LimitScenarios,
                SecurityScenarios,
                AuthorizationScenarios {
    @TempDir
    Path directory;

    private Site site;

    /** As the table calls it. */
    abstract String client();

    abstract GrpcClient.Starter starter();

    /** The servers of scenarios about those that decide whom they serve. */
    GuardedServer.Starter guard() {
        return GuardedServer.WEFT;
    }

    /** What it is known not to pass, and why. */
    abstract Map<Story, String> gaps();

    @BeforeEach
    void open() throws Exception {
        site = new Site(directory, starter(), guard());
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Override
    public Site site() {
        return site;
    }
}
