/** What benches have in common. */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;
