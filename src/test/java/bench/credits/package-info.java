/** How fast the ledger is; outside of the product, so that it does not find what is here. */
@NullMarked
package bench.credits;

import org.jspecify.annotations.NullMarked;
