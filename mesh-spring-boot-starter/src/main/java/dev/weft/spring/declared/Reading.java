package dev.weft.spring.declared;

import dev.weft.MeshException;
import dev.weft.config.RetryPolicy;
import dev.weft.engine.CallDefaults;
import dev.weft.settings.SettingProblem;
import dev.weft.spring.ClientProperties;
import dev.weft.spring.MeshCall;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.Environment;

/**
 * What annotations and properties say, whatever the protocol. Everything that is wrong is collected, and refused at once in the end.
 * Not for concurrent use.
 */
public final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final ConfigurableListableBeanFactory beans;
    private final Map<String, ClientProperties> properties;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Values values;
    private final DoubleRetries doubles;

    public Reading(ConfigurableListableBeanFactory beans, Environment environment) {
        UnaryOperator<String> placeholders = text -> String.valueOf(beans.resolveEmbeddedValue(text));
        this.beans = beans;
        this.properties = NamedDefaults.all(environment);
        this.values = new Values(placeholders, problems);
        this.doubles = new DoubleRetries(environment, placeholders);
    }

    /** What holds for the calls of a method where policy is silent. */
    public CallDefaults defaults(Declaration declaration, Method method) {
        MergedAnnotation<MeshCall> call = call(method);
        List<Layer> layers = new ArrayList<>();
        ClientProperties said = properties.get(declaration.name());
        if (said != null) {
            layers.add(Layer.of(said, declaration.name()));
        }
        if (call.isPresent()) {
            layers.add(Layer.of(call, "@MeshCall " + declaration.shortName(method)));
        }
        layers.add(Layer.of(declaration.said(), declaration.toString()));
        boolean idempotent = call.isPresent() && call.getBoolean("idempotent");
        CallDefaults declared = values.merged(layers, idempotent, declaration.toString());
        checkDoubles(declaration, method, declared);
        return declared;
    }

    /** Null: nobody answers instead, or a wrong one, which has been noted. */
    public @Nullable Fallback fallback(Declaration declaration) {
        return FallbackReader.read(declaration, beans, values);
    }

    /** With its {@code ${...}} resolved, or null, which has been noted. */
    public @Nullable String resolved(String place, String written) {
        return values.resolved(place, written);
    }

    /** A {@code @MeshCall} on a method that makes no call itself would have no effect. */
    public void refuseMeshCall(Declaration declaration, Method method) {
        if (call(method).isPresent()) {
            problem(declaration.place(method), "@MeshCall", "a method that is a request: this one sends none itself");
        }
    }

    /** Notes a value that is wrong. */
    public void problem(String place, Object value, String expected) {
        values.problem(place, value, expected);
    }

    /** @throws MeshException.Configuration with everything that was noted, if that is anything */
    public void end() {
        if (!problems.isEmpty()) {
            throw new MeshException.Configuration(problems);
        }
    }

    private void checkDoubles(Declaration declaration, Method method, CallDefaults declared) {
        DoubleRetries.Found other = doubles.around(declaration.type(), method);
        RetryPolicy retry = declared.retry();
        int attempts = 1 + (retry == null ? RetryPolicy.ISTIO_DEFAULT.retries() : retry.retries());
        if (other == null || other.attempts() <= 1 || attempts <= 1) {
            return;
        }
        String found =
                other.annotation() + " makes " + other.attempts() + " attempts of a call for which the mesh makes "
                        + attempts + ": up to " + other.attempts() * attempts + " requests";
        String remedy = "remove it, or say retry = @Retry(attempts = 0) here";
        ClientProperties said = properties.get(declaration.name());
        if (said != null && said.strict()) {
            String strict = remedy + " (mesh.clients." + declaration.name() + ".strict is true)";
            values.note(new SettingProblem(declaration.place(method), found, strict));
        } else {
            LOG.warn("{}: {}; {}", declaration.place(method), found, remedy);
        }
    }

    private static MergedAnnotation<MeshCall> call(Method method) {
        return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(MeshCall.class);
    }
}
