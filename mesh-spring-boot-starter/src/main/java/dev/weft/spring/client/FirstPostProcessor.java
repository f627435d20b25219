package dev.weft.spring.client;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** A post-processor that is there before those of the application, which may hold clients themselves. */
interface FirstPostProcessor extends BeanPostProcessor, PriorityOrdered {
    @Override
    default int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
