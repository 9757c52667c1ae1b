package app.realtime.bench.cluster;

import java.util.List;

/** A linear fit that minimises the squares of the relative errors. */
final class LeastSquares {

    private LeastSquares() {}

    /** One equation: the factors of the unknowns, and what comes out; not zero. */
    record Equation(double[] factors, double value) {}

    /** The unknowns, of which there are no more than equations. */
    static double[] solve(List<Equation> equations) {
        int size = equations.get(0).factors().length;
        double[][] matrix = new double[size][size + 1];
        for (Equation equation : equations) {
            double weight = 1 / (equation.value() * equation.value());
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    matrix[i][j] += weight * equation.factors()[i] * equation.factors()[j];
                }
                matrix[i][size] += weight * equation.factors()[i] * equation.value();
            }
        }
        return eliminate(matrix);
    }

    /** Gauss and Jordan's way; the matrix of normal equations needs no search for a pivot. */
    private static double[] eliminate(double[][] matrix) {
        int size = matrix.length;
        for (int i = 0; i < size; i++) {
            double pivot = matrix[i][i];
            for (int j = i; j <= size; j++) {
                matrix[i][j] /= pivot;
            }
            for (int row = 0; row < size; row++) {
                double factor = matrix[row][i];
                for (int j = i; row != i && j <= size; j++) {
                    matrix[row][j] -= factor * matrix[i][j];
                }
            }
        }
        double[] solution = new double[size];
        for (int i = 0; i < size; i++) {
            solution[i] = matrix[i][size];
        }
        return solution;
    }
}
