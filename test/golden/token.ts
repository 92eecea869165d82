/** Who signs in to the folders kept here. Must not: be used for anything else. */
export const GOLDEN_TOKEN = 'a-token-of-the-golden-folders-0123456789'
