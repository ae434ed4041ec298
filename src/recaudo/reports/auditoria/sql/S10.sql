-- Documents whose content, and drawings whose bytes, are not those of their digest. `desde` is an instant.
SELECT 'el documento ' || numero AS que, id
  FROM documents_documento
 WHERE emitido_en >= %(desde)s AND contenido_sha256 <> encode(sha256(convert_to(contenido::text, 'UTF8')), 'hex')
UNION ALL
SELECT 'el dibujo del documento ' || d.numero, d.id
  FROM documents_dibujo b JOIN documents_documento d ON d.id = b.documento_id
 WHERE d.emitido_en >= %(desde)s AND b.sha256 <> encode(sha256(b.bytes), 'hex')
