"""The vectors of an archive in memory. A unit's position in FAISS's index is its position in the catalogue.

Every vector is compared, as the float16 numbers that the store holds: exact, nothing to train, units come and go
without a rebuild. One core takes 4 ms for 100,000 of them.
"""

from collections.abc import Sequence

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.search.engine import Hit, Vector
from retrieval.search.local.catalogue import Catalogue, Mask
from retrieval.store.records import UnitBatch


class VectorIndex:
    """A FAISS index over float16 vectors with the catalogue of its units, position by position."""

    def __init__(self, catalogue: Catalogue, index: faiss.Index) -> None:
        """Combine the two. Raises ValueError if they don't hold the same number of units."""
        if len(catalogue) != index.ntotal:
            raise ValueError(f"{len(catalogue)} units in the catalogue, {index.ntotal} in the index")
        self.catalogue = catalogue
        self.index = index

    @classmethod
    def empty(cls) -> "VectorIndex":
        """Return an index without units."""
        return cls(Catalogue(), new_index(1))

    def __len__(self) -> int:
        return len(self.catalogue)

    def add(self, batch: UnitBatch) -> None:
        """Append units; the first ones decide the dimension."""
        if not len(self):
            self.index = new_index(batch.vectors.shape[1])
        self.catalogue.add(batch)
        self.index.add(batch.vectors.astype(np.float32))

    def remove(self, ranges: Sequence[range]) -> None:
        """Forget the units with these ids; the others keep their order."""
        gone = self.catalogue.within(ranges)
        if gone.any():
            self.index.remove_ids(bitmap(gone))
            self.catalogue.keep(~gone)

    def search(self, vector: Vector, visible: Mask, limit: int) -> list[Hit]:
        """Return the nearest of the visible units by inner product, best first."""
        faiss.omp_set_num_threads(1)  # of this thread: a second core costs one question more than it saves
        among = min(limit, int(np.count_nonzero(visible)))
        if among == 0:
            return []
        parameters = faiss.SearchParameters(sel=bitmap(visible))  # type: ignore[call-arg]  # its stubs lack it
        scores, positions = self.index.search(vector.reshape(1, -1), among, params=parameters)
        ids = self.catalogue.ids[positions[0]]
        return [Hit(int(id_), float(score)) for id_, score in zip(ids, scores[0], strict=True)]


def new_index(dimension: int) -> faiss.Index:
    """Return an empty FAISS index that keeps vectors as float16 and compares with every one."""
    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def bitmap(mask: Mask) -> faiss.IDSelectorBitmap:
    """Return FAISS's selector of the positions that are true in `mask`."""
    bits: npt.NDArray[np.uint8] = np.packbits(mask, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # its stubs know the C++ form alone
