export default {
  esbuild: { jsx: 'automatic' },
  build: { target: 'es2022' },
  optimizeDeps: { exclude: ['cartwright'] }, // in development: the module stays beside its script
};
