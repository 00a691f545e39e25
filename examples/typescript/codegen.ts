import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  emitLegacyCommonJSImports: false,
  schema: "../../schema/schema.graphql",
  documents: "src/**/*.ts",
  generates: {
    "src/generated/": {
      preset: "client",
      // Documents as strings: nothing of GraphQL is needed when the program runs
      config: {
        documentMode: "string",
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { Date: "string", DateTime: "string", ID: "string" },
      },
    },
  },
};

export default config;
