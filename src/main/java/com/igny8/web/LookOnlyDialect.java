package com.igny8.web;

import com.igny8.identity.SignedIn;

import org.springframework.stereotype.Component;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.model.IModel;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractElementModelProcessor;
import org.thymeleaf.processor.element.IElementModelStructureHandler;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;

import java.util.Map;
import java.util.Set;

/**
 * Shows whatever would change something as turned off to an operator who looks as a customer's
 * owner: nobody fills in a form that is then refused. Forms that work all the same, such as signing
 * out, say so by {@code data-always}.
 */
@Component
class LookOnlyDialect extends AbstractProcessorDialect {
    LookOnlyDialect() {
        super("Look only", null, StandardDialect.PROCESSOR_PRECEDENCE);
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(new Forms());
    }

    private static final class Forms extends AbstractElementModelProcessor {
        /** After th:if and th:each, before th:action, which adds the form's token. */
        private static final int PRECEDENCE = 500;

        private static final String LOOK_ONLY = "look-only";

        Forms() {
            super(TemplateMode.HTML, null, "form", false, null, false, PRECEDENCE);
        }

        @Override
        protected void doProcess(
                ITemplateContext context, IModel form, IElementModelStructureHandler handler) {
            if (isPost((IOpenElementTag) form.get(0))
                    && !isTurnedOff(form)
                    && SignedIn.current().filter(SignedIn::isImpersonating).isPresent()) {
                var factory = context.getModelFactory();
                form.insert(
                        1,
                        factory.createOpenElementTag(
                                "fieldset",
                                Map.of("class", LOOK_ONLY, "disabled", "disabled"),
                                null,
                                false));
                form.insert(form.size() - 1, factory.createCloseElementTag("fieldset"));
            }
        }

        /** What was changed here is processed once more. */
        private static boolean isTurnedOff(IModel form) {
            return form.get(1) instanceof IOpenElementTag first
                    && LOOK_ONLY.equals(first.getAttributeValue("class"));
        }

        private static boolean isPost(IOpenElementTag form) {
            return "post".equalsIgnoreCase(form.getAttributeValue("method"))
                    && !form.hasAttribute("data-always");
        }
    }
}
