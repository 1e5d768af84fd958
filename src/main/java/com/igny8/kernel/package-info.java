/** Words every room uses: problems, slugs, pages of a list. No framework, no input or output. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package com.igny8.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
