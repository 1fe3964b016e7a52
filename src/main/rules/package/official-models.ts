/**
 * SHA-256 of the model files that the reference implementation holds, by their names there. A file that is not among them is not
 * wrong for that: a converter writes other bytes for the same weights.
 */
export const officialModels: Readonly<Record<string, string>> = {
  '87cf24194ef93d1d9b11a591d805526b98008e351655d29883c825c9c106ba24': 'ad01_int8.tflite',
  aeea436800704fce17b17292e4412630ad856e9d777c044c64ef748a880bd0ae: 'kws_ref_model.tflite',
  e5004c6f1012246e33fa068d8488325538e0444073cd361f5a7edb40c73f12d2: 'kws_ref_model_float32.tflite',
  dc27dcd823f5665533352f7da516b0c9bc6f089914b8283782e55961b3423fcf: 'pretrainedResnet_large_int8.tflite',
  '3c002613d1b2475eb51dd78dfb85a546c8ae658dee71cf6ade43b022fe205415': 'pretrainedResnet_quant.tflite',
  '3af8550895ba7d5c584277102b5075c52dcfa63ba9d2b2240f37c4e6abd5dd2b': 'str_ww_ref_model.tflite',
  '597a384c8c2c8a1276f04702f25013b7838f2f814f1ca7c174d295b73e3d6b7b': 'vww_96_int8.tflite',
};
