import java.io.PrintWriter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes as they are compiled, on whatever class path it is started with: {@code java -cp ... RunTests.java CLASS...}. */
final class RunTests {
    public static void main(String[] classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : classes) {
            request.selectors(DiscoverySelectors.selectClass(name));
        }
        LauncherDiscoveryRequest asked = request.build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(asked, listener);
        var summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out), 20);
        System.out.printf(
                "%n%d of %d tests passed%n", summary.getTestsSucceededCount(), summary.getTestsFoundCount());
        // Netty's and the tests' own threads would keep the process.
        System.exit(summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0 ? 0 : 1);
    }
}
