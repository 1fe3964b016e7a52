/** A port that the operating system lists. */
export interface ListedPort {
  path: string;
  manufacturer?: string | undefined;
  serialNumber?: string | undefined;
  vendorId?: string | undefined;
  productId?: string | undefined;
  locationId?: string | undefined;
  /** Windows: the instance id of the device. */
  pnpId?: string | undefined;
}
