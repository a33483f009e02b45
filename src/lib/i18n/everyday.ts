/** The namespaces whose words every page uses: one file a language holds them all (`vite.ts`). */
export const everydayNamespaces = ['common', 'problems', 'reading'] as const;
