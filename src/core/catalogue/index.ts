export { createCatalogue, type Catalogue, type CatalogueCache, type CatalogueReading } from './catalogue';
export type { CatalogueModel } from './format';
