/**
 * Sigma of noise ÷ mean absolute response of the filter [1 −2 1; −2 4 −2; 1 −2 1], which edges and slopes do not excite:
 * √(π/2) ÷ 6 (Immerkær, "Fast Noise Variance Estimation", 1996).
 */
export const IMMERKAER = Math.sqrt(Math.PI / 2) / 6;
