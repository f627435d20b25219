package dev.weft.control.grpc;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Writes down how each scenario went, and holds the document against it. A scenario that the client is known not to pass is played too: it
 * counts as skipped while it fails, and as a failure when it passes.
 */
final class Outcomes implements ExecutionCondition, InvocationInterceptor, AfterAllCallback {
    private static final Path DOCUMENT = Path.of("..", "docs", "grpc-interop.md");
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(Outcomes.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Plays plays = context.getRequiredTestClass().getAnnotation(Plays.class);
        Scenario scenario = context.getTestMethod()
                .map(method -> method.getAnnotation(Scenario.class))
                .orElse(null);
        return plays == null || scenario == null || Arrays.asList(plays.value()).contains(scenario.value())
                ? ConditionEvaluationResult.enabled("")
                : ConditionEvaluationResult.disabled("played in the interop profile");
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Scenario scenario = method.getExecutable().getAnnotation(Scenario.class);
        InteropContract test = (InteropContract) context.getRequiredTestInstance();
        if (scenario == null) {
            invocation.proceed();
            return;
        }
        String reason = test.gaps().get(scenario.value());
        Eventually.expect(reason == null);
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            if (reason == null) {
                throw failure;
            }
            ran(context, test).put(scenario.value(), reason);
            throw new TestAbortedException(test.client() + " does not pass this: " + reason, failure);
        }
        if (reason != null) {
            throw new AssertionError(
                    test.client() + " passes " + scenario.value().title() + ", which is written down as: " + reason);
        }
        ran(context, test).put(scenario.value(), "");
    }

    @SuppressWarnings("unchecked")
    private static Map<Story, String> ran(ExtensionContext context, InteropContract test) {
        ExtensionContext.Store store = context.getParent().orElseThrow().getStore(STORE);
        store.put("client", test.client());
        return store.computeIfAbsent("ran", key -> new EnumMap<Story, String>(Story.class), Map.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterAll(ExtensionContext context) throws IOException {
        ExtensionContext.Store store = context.getStore(STORE);
        Map<Story, String> ran = store.get("ran", Map.class);
        if (ran == null) {
            return;
        }
        String before = Files.readString(DOCUMENT);
        String after = OutcomeTable.read(before)
                .with(store.get("client", String.class), ran)
                .into(before);
        if (Boolean.getBoolean("weft.write-docs")) {
            Files.writeString(DOCUMENT, after);
        } else if (!after.equals(before)) {
            throw new AssertionError(
                    "docs/grpc-interop.md does not say what this run has shown; write it by running this test with"
                            + " -Dweft.write-docs=true. It would say:\n" + after);
        }
    }
}
