import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['node_modules/**', 'console/src/outline.js', 'client/test/types.ts', '**/*.d.ts'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-param-reassign': 'error',
      'no-shadow': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text of events is never markup: use textContent.' },
        { property: 'outerHTML', message: 'Text of events is never markup: use textContent.' },
        { property: 'insertAdjacentHTML', message: 'Text of events is never markup: use textContent.' },
      ],
    },
  },
  { files: ['client/src/**', 'console/src/**'], languageOptions: { globals: globals.browser } },
  { files: ['client/test/**', 'console/test/**', 'tools/**'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
];
