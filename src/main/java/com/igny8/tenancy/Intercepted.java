package com.igny8.tenancy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A thing of JDBC whose calls go through our hands, as its interface is far too wide to write. */
final class Intercepted {
    private Intercepted() {}

    /** What becomes of a call: most are passed on as they are. */
    interface Handling {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T calls(Class<T> type, Handling handling) {
        return type.cast(
                Proxy.newProxyInstance(
                        Intercepted.class.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> handling.handle(method, arguments)));
    }

    static Object pass(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
