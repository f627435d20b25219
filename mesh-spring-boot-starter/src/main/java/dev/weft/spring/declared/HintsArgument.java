package dev.weft.spring.declared;

import dev.weft.request.Hints;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

/** A parameter of type {@link Hints}; null is none. */
final class HintsArgument implements HttpServiceArgumentResolver {
    @Override
    public boolean resolve(@Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder request) {
        if (parameter.getParameterType() != Hints.class) {
            return false;
        }
        if (argument != null) {
            request.addAttribute(Hints.KEY, argument);
        }
        return true;
    }
}
