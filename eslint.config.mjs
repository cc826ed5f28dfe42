// Import arrows between the folders are held by test/unit/structure.test.ts, layout by Prettier.
import tseslint from 'typescript-eslint';

const typed = tseslint.configs.strictTypeChecked;

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'test-results/', '.bench/', '.sample-dataset*/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts', 'test/**/*.mjs'],
    extends: [typed],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-constant-binary-expression': 'error',
      'no-promise-executor-return': ['error', { allowVoid: true }],
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An index can miss at run time where its type says that it cannot: such checks are wanted.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `!` states what a reader can check nearby (an index within bounds); typed loops are full of it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A handler may be async by contract without having anything to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['webview/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' }, // Lit binds the listeners of a template to their element
  },
  {
    files: ['test/**/*.mjs'],
    rules: {
      // JSON and child processes come in as `any`; the compiler checks the rest by the JSDoc types.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
